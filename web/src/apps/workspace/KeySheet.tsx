// Every key in one place; single keys can be turned off for those whose speech or aids press them by accident (WCAG 2.2, 2.1.4).
import { Modal } from '@mantine/core';
import { useStrings } from '../../lib/language.tsx';
import { useKept } from '../../lib/kept.ts';
import { singleKeysSetting } from '../../lib/keys.ts';
import { strings } from './strings.ts';

export function KeySheet({ close }: { close: () => void }) {
  const words = useStrings(strings);
  const texts = words.keyTexts;
  const [single, setSingle] = useKept(singleKeysSetting, true);
  const groups: readonly (readonly [string, readonly (readonly [readonly string[], string])[]])[] = [
    [words.anywhere, [[['Ctrl K'], texts.find], [['?'], texts.sheet], [['Alt 1', '…', 'Alt 8'], texts.tab], [['Alt L'], texts.lock], [['Esc'], texts.leave]]],
    [words.inChart, [[['1', '…', '5'], texts.part], [['X'], texts.close], [['←', '→'], texts.trend]]],
    [words.inLists, [[['J', 'K'], texts.move], [['↵'], texts.choose]]],
  ];
  return (
    <Modal opened onClose={close} title={words.keySheet} size={520} lockScroll={false} transitionProps={{ duration: 0 }} shadow="none" closeButtonProps={{ 'aria-label': words.close }} classNames={{ title: 'sheet-title' }}>
      {groups.map(([title, rows]) => (
        <section key={title} className="key-group">
          <h3>{title}</h3>
          <dl>{rows.map(([keys, text]) => <div key={text}><dt>{keys.map((key) => (key === '…' ? ' … ' : <kbd key={key}>{key}</kbd>))}</dt><dd>{text}</dd></div>)}</dl>
        </section>
      ))}
      <label className="key-switch"><input type="checkbox" checked={single} onChange={(event) => setSingle(event.currentTarget.checked)} />{words.singleKeys}</label>
    </Modal>
  );
}
