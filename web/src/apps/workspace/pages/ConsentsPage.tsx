// Whose consent is recorded: the way from the desk to the consents of a patient.
import { Link } from 'react-router';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { FindPerson, PersonFound } from '../FindPerson.tsx';
import { strings } from '../strings.ts';

export function Component() {
  const words = useStrings(strings);
  usePageTitle(words.watch.consents);
  return (
    <div className="watch">
      <header className="page-head"><h1>{words.watch.consents}</h1></header>
      <div className="watch-list plain-form"><FindPerson>{(one) => <Link key={one.id} className="choice" to={`/patients/${one.id}/consents`}><PersonFound person={one} /></Link>}</FindPerson></div>
    </div>
  );
}
