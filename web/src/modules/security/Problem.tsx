import { ApiError } from '../../lib/api.ts';
import { useLanguage } from '../../lib/language.tsx';

/** Why something was refused, in words; `otherwise` for what is no refusal, such as a passkey that was put away. */
export function Problem({ error, otherwise }: { error: Error | null; otherwise: string }) {
  const { language } = useLanguage();
  if (error === null) return null;
  return <p className="sign-in-error" role="alert">{error instanceof ApiError ? error.text[language] : otherwise}</p>;
}
