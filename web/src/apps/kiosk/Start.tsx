// The first screen: pictures of what to scan, which are no buttons; the buttons below, within reach of who sits.
import { Icon, type IconName } from '../../kit/icons.tsx';
import { useStrings } from '../../lib/language.tsx';
import { CardPicture, CodePicture } from './pictures.tsx';
import { strings } from './strings.ts';

interface Chosen {
  readonly reading: boolean;
  readonly typeNumber: () => void;
  readonly takeNumber: (help: boolean) => void;
}

export function Start({ reading, typeNumber, takeNumber }: Chosen) {
  const words = useStrings(strings);
  return (
    <main className="start">
      <p className="hello">{words.hello}</p>
      <h1>{words.please[0]} <br />{words.please[1]}</h1>
      <p className="also">{words.also}</p>
      <section className="ways" aria-label={words.scanOneOf}>
        <div><CardPicture /><b>{words.card}</b><span>{words.cardToo}</span></div>
        <div><CodePicture /><b>{words.code}</b><span>{words.codeToo}</span></div>
      </section>
      <div className="acts">
        <Act icon="phone" name={words.noCard} hint={words.noCardHint} disabled={reading} onClick={typeNumber} />
        <Act icon="document" name={words.noBooking} hint={words.noBookingHint} disabled={reading} onClick={() => takeNumber(false)} />
        <Act icon="hand" name={words.help} hint={words.helpHint} disabled={reading} onClick={() => takeNumber(true)} />
      </div>
      <p className="slot" role="status"><Icon name={reading ? 'clock' : 'arrowDown'} size={110} /><span>{reading ? words.reading : <>{words.slot}<small>{words.slotHint}</small></>}</span></p>
    </main>
  );
}

function Act({ icon, name, hint, disabled, onClick }: { icon: IconName; name: string; hint: string; disabled: boolean; onClick: () => void }) {
  return <button type="button" disabled={disabled} onClick={onClick}><Icon name={icon} size={68} /><span>{name}<small>{hint}</small></span><Icon name="right" size={52} /></button>;
}
