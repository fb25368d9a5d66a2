// Names with which a Consent of ours speaks of more than one person or place (Consent.provision.actor.reference.identifier).

/** Everybody who works in a role; the value is its code, such as `insurance`. */
export const consentRoleSystem = 'https://sen.vn/fhir/NamingSystem/role';
/** Any hospital or company other than the one that keeps the record. */
export const partnerSystem = 'https://sen.vn/fhir/NamingSystem/other-organizations';
