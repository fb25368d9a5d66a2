// Reads one document: text as text, pictures as pictures, anything else as a file to keep.
import type { DocumentPart } from '@sen/contracts';
import { Answer, Bones, Empty } from '../../kit/Feedback.tsx';
import { Icon } from '../../kit/icons.tsx';
import { formatDateTime, glued } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { DocumentSignatures } from './DocumentSignatures.tsx';
import { textBlocks } from './document-text.ts';
import { useDocument } from './requests.ts';
import { strings } from './strings.ts';

export function DocumentReader({ patientId, documentId }: { patientId: string; documentId: string | undefined }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const asked = useDocument(patientId, documentId);
  if (documentId === undefined) return <section className="pane"><Empty title={words.chooseDocument} /></section>;
  return (
    <article className="pane reader" aria-busy={asked.isPending} tabIndex={0}>
      <Answer asked={asked} bones={<Bones rows={12} height={16} />}>
        {({ document, parts }) => (
          <>
            <header className="pane-head">
              <h2>{document.title}</h2>
              <span className="c3">{[document.when === undefined ? undefined : formatDateTime(document.when, language), document.author === undefined ? undefined : glued(document.author), document.place].filter((fact) => fact !== undefined).join(' · ')}</span>
              {document.superseded && <span className="pill warn"><Icon name="warning" size={13} />{words.superseded}</span>}
            </header>
            {parts.length > 0 && <DocumentSignatures key={documentId} patientId={patientId} documentId={documentId} />}
            {parts.length === 0 && <Empty title={words.emptyDocument} />}
            {parts.map((part, at) => <Part key={at} part={part} title={document.title} />)}
          </>
        )}
      </Answer>
    </article>
  );
}

function Part({ part, title }: { part: DocumentPart; title: string }) {
  const words = useStrings(strings);
  if (part.kind === 'text') return <TextPart text={part.text} />;
  if (part.kind === 'image') return <img className="reader-image" src={`data:${part.contentType};base64,${part.data}`} alt={`${words.picture}: ${title}`} />;
  return <FilePart part={part} title={title} />;
}

function TextPart({ text }: { text: string }) {
  return (
    <div className="reader-text">
      {textBlocks(text).map((block, at) => {
        if (block.kind === 'heading') return <h3 key={at}>{block.text}</h3>;
        if (block.kind === 'list') return <ul key={at}>{block.items.map((item, index) => <li key={index}>{item}</li>)}</ul>;
        return <p key={at}>{block.text}</p>;
      })}
    </div>
  );
}

function FilePart({ part, title }: { part: Extract<DocumentPart, { kind: 'file' }>; title: string }) {
  const words = useStrings(strings);
  const name = part.title ?? title;
  return (
    <div className="note">
      <Icon name="document" size={18} />
      <div className="what"><b>{name}</b><small>{part.contentType}</small></div>
      {part.data !== undefined && <button type="button" className="btn small" onClick={() => saveFile(part.contentType, part.data ?? '', name)}><Icon name="save" size={14} />{words.save}</button>}
      {part.data === undefined && part.url !== undefined && <a className="btn small" href={part.url} target="_blank" rel="noreferrer noopener">{words.openFile}</a>}
    </div>
  );
}

/** Saves without opening: a file of another system never runs in our pages. */
function saveFile(contentType: string, base64: string, name: string): void {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: contentType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
