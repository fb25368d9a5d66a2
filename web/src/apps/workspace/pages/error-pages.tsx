import { Link, useRouteError } from 'react-router';
import { useStrings } from '../../../lib/language.tsx';
import { strings } from '../strings.ts';

export function MissingPage() {
  const words = useStrings(strings);
  return (
    <div className="whole-page">
      <h1>{words.notFound}</h1>
      <p>{words.notFoundHint}</p>
      <Link className="btn primary" to="/">{words.goHome}</Link>
    </div>
  );
}

export function BrokenPage() {
  const words = useStrings(strings);
  const error = useRouteError();
  console.error(error);
  return (
    <div className="whole-page" role="alert">
      <h1>{words.broken}</h1>
      <button type="button" className="btn primary" onClick={() => window.location.reload()}>{words.reload}</button>
    </div>
  );
}
