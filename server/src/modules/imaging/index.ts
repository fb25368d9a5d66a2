// The front door: what other modules may use.
export {};
