// Who may be booked, as the record says it: doctors (PractitionerRole) in the rooms of their department.
import type { Resource } from '@sen/fhir';

export interface DemoClinic {
  readonly facility: string;
  readonly specialtyId: string;
  readonly specialtyName: string;
  readonly doctorId: string;
  readonly doctorName: string;
  readonly roomId: string;
  readonly roomName: string;
}

interface Reference {
  readonly reference?: string;
  readonly display?: string;
}

/** Departments whose rooms see no patients by appointment. */
const withoutBooking = /-(emergency|dialysis|laboratory|imaging|pharmacy)$/;

/** One doctor for each room of a department, as long as there are doctors. */
export function doctorsAndRooms(roles: readonly Resource[], organizations: readonly Resource[]): DemoClinic[] {
  const facilities = new Map(organizations.map((one) => [one.id ?? '', idOf(one['partOf'] as Reference | undefined)]));
  const names = new Map(organizations.map((one) => [one.id ?? '', String(one['name'] ?? '')]));
  const taken = new Set<string>();
  return [...roles].sort((one, other) => Number(one.id?.startsWith('nv-')) - Number(other.id?.startsWith('nv-'))).flatMap((role) => {
    const specialtyId = idOf(role['organization'] as Reference | undefined) ?? '';
    const facility = facilities.get(specialtyId);
    const doctor = role['practitioner'] as Reference | undefined;
    const room = ((role['location'] as Reference[] | undefined) ?? []).find((place) => !taken.has(place.reference ?? ''));
    if (facility === undefined || withoutBooking.test(specialtyId) || doctor === undefined || room === undefined) return [];
    taken.add(room.reference ?? '');
    return [{
      facility, specialtyId, specialtyName: names.get(specialtyId) ?? '', doctorId: idOf(doctor) ?? '', doctorName: doctor.display ?? '', roomId: idOf(room) ?? '', roomName: room.display ?? '',
    }];
  });
}

/** A department, as something that can be booked. */
export function departmentOf(organization: Resource): { id: string; name: string; facility: string } | undefined {
  const facility = idOf(organization['partOf'] as Reference | undefined);
  return organization.id === undefined || facility === undefined ? undefined : { id: organization.id, name: String(organization['name'] ?? organization.id), facility };
}

/** A doctor in a department, when the role is held. */
export function doctorRoleOf(role: Resource): { id: string; name: string; department: string } | undefined {
  const [doctor, department] = [role['practitioner'] as Reference | undefined, idOf(role['organization'] as Reference | undefined)];
  const id = idOf(doctor);
  return id === undefined || department === undefined || role['active'] === false ? undefined : { id, name: doctor?.display ?? id, department };
}

function idOf(reference: Reference | undefined): string | undefined {
  return reference?.reference?.split('/')[1];
}
