// Where to go, as a picture: the building from the side, its entrance, and the floor of the room. Drawn from the words of the way alone;
// what they do not say is not drawn.
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { strings } from '../strings.ts';

const width = 316;
const floorHeight = 26;

export function FloorPicture({ room, way }: { room: string; way: string | undefined }) {
  const words = useStrings(strings);
  const floor = floorOf(way);
  if (way === undefined || floor === undefined) return null;
  const steps = words.wayThere(room, way, floor);
  return (
    <details className="map">
      <summary>
        {floor <= 6 && <Building floor={floor} room={room} label={steps.join('. ')} />}
        <span className="cap"><Icon name="route" size={24} />{words.wayTitle}<Icon name="down" size={22} /></span>
      </summary>
      <ol>{steps.map((step) => <li key={step}>{step}</li>)}</ol>
    </details>
  );
}

/** The floor of `Nhà B, tầng 2` or `Building B, floor 2`. */
function floorOf(way: string | undefined): number | undefined {
  const said = /(?:tầng|floor)\s*(\d{1,2})/iu.exec(way ?? '')?.[1];
  return said === undefined ? undefined : Number(said);
}

function Building({ floor, room, label }: { floor: number; room: string; label: string }) {
  const floors = Math.max(floor, 2);
  const height = floors * floorHeight + 12;
  const top = (number: number) => height - 6 - number * floorHeight;
  const middle = top(floor) + floorHeight / 2;
  return (
    <svg className="plan" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {Array.from({ length: floors }, (_, index) => index + 1).map((number) => (
        <g key={number}>
          <rect className={number === floor ? 'level here' : 'level'} x="56" y={top(number)} width="250" height={floorHeight} />
          <text x="44" y={top(number) + 18} textAnchor="end" className={number === floor ? 'said' : ''}>{number}</text>
        </g>
      ))}
      <path className="walk" d={`M66 ${top(1) + 14}H84${floor > 1 ? `V${middle}` : ''}H206`} />
      <rect className="door" x="216" y={top(floor) + 2} width="84" height={floorHeight - 4} rx="4" />
      <text x="258" y={top(floor) + 18} textAnchor="middle" className="room">{room}</text>
    </svg>
  );
}
