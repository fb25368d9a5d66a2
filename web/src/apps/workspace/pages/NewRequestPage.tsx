// A request taken down at the desk: of whom, and what.
import type { PatientMatch } from '@sen/contracts';
import { useState } from 'react';
import { ReceiveForm } from '../../../modules/security/requests/ReceiveForm.tsx';
import { FindPerson, PersonFound } from '../FindPerson.tsx';

export function Component() {
  const [patient, setPatient] = useState<PatientMatch>();
  return (
    <ReceiveForm patientId={patient?.id}>
      <FindPerson>
        {(one) => <label key={one.id} className="choice"><input type="radio" name="patient" checked={patient?.id === one.id} onChange={() => setPatient(one)} /><PersonFound person={one} /></label>}
      </FindPerson>
    </ReceiveForm>
  );
}
