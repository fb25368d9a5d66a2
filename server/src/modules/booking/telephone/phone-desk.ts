// What the voice menu asks of the house: people by a number they type, free times, booking. Answers carry no more than is said aloud.

export interface PhonePerson {
  readonly id: string;
  /** Last word of the name, `Hạnh`. */
  readonly givenName: string;
}

export interface PhoneSpecialty {
  readonly id: string;
  readonly name: string;
}

export interface PhoneStart {
  readonly session: string;
  /** Instant, ISO 8601. */
  readonly start: string;
  readonly room: string;
  readonly doctor?: string;
}

export interface PhoneAppointment {
  readonly id: string;
  readonly start: string;
  readonly arriveAt: string;
  readonly room: string;
}

export interface PhoneDesk {
  /** Everybody with that citizen number (9 or 12 digits) or telephone number. */
  findPeople(digits: string): Promise<readonly PhonePerson[]>;
  /** Whether a person was born then: `14031968`, or `1968` where the record knows no more than the year. */
  bornOn(patient: string, digits: string): Promise<boolean>;
  listSpecialties(): Promise<readonly PhoneSpecialty[]>;
  /** The soonest free starts after an instant, at most `most`. */
  findStarts(specialty: string, after: string | undefined, most: number): Promise<readonly PhoneStart[]>;
  /** Keeps a seat; undefined when somebody was faster. */
  hold(start: PhoneStart): Promise<string | undefined>;
  release(hold: string): Promise<void>;
  /** Books the held seat and sends the message; undefined when the hold has ended. */
  book(hold: string, patient: string): Promise<PhoneAppointment | undefined>;
  nextAppointment(patient: string): Promise<PhoneAppointment | undefined>;
  cancel(appointment: string): Promise<boolean>;
}
