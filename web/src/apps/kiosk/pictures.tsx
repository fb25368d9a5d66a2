// Pictures of what the reader takes: a card with its code, a telephone with the code of a booking.

export function CardPicture() {
  return (
    <svg className="pic" viewBox="0 0 360 236" aria-hidden="true">
      <g transform="rotate(-5 180 118)">
        <rect x="30" y="26" width="300" height="188" rx="18" fill="#e3f3f4" stroke="#0b6b75" strokeWidth="5" />
        <rect x="52" y="82" width="78" height="104" rx="8" fill="#fff" stroke="#0b6b75" strokeWidth="4" />
        <circle cx="91" cy="118" r="17" fill="#0b6b75" />
        <path d="M64 182c2-28 12-38 27-38s25 10 27 38z" fill="#0b6b75" />
        <circle cx="68" cy="54" r="13" fill="#b5265d" />
        <path d="M96 54h120" stroke="#0b6b75" strokeWidth="8" strokeLinecap="round" />
        <path d="M150 100h84M150 128h70M150 156h96M150 182h60" stroke="#7fb4ba" strokeWidth="8" strokeLinecap="round" />
        <rect x="258" y="44" width="52" height="52" rx="4" fill="#fff" />
        <path fill="#1b1f24" d="M262 48h16v16h-16zM290 48h16v16h-16zM262 76h16v16h-16zM284 70h8v8h-8zM294 80h12v12h-12zM282 84h6v8h-6zM282 50h5v12h-5zM298 68h8v6h-8z" />
        <path fill="#fff" d="M266 52h8v8h-8zM294 52h8v8h-8zM266 80h8v8h-8z" />
      </g>
    </svg>
  );
}

export function CodePicture() {
  return (
    <svg className="pic" viewBox="0 0 360 236" aria-hidden="true">
      <rect x="112" y="6" width="136" height="224" rx="22" fill="#1b1f24" />
      <rect x="121" y="18" width="118" height="200" rx="12" fill="#fff" />
      <path d="M121 30a12 12 0 0 1 12-12h94a12 12 0 0 1 12 12v38H121z" fill="#b5265d" />
      <text x="180" y="53" textAnchor="middle" fontSize="26" fontWeight="800" fill="#fff">A027</text>
      <g transform="translate(137 84) scale(3.44)">
        <path d="M0 0h7v7H0zM18 0h7v7h-7zM0 18h7v7H0z" fill="#1b1f24" />
        <path d="M1 1h5v5H1zM19 1h5v5h-5zM1 19h5v5H1z" fill="#fff" />
        <path d="M2 2h3v3H2zM20 2h3v3h-3zM2 20h3v3H2zM9 0h2v3H9zM13 1h3v2h-3zM9 5h4v2H9zM15 5h1v4h-1zM0 9h3v2H0zM5 9h4v2H5zM11 9h2v3h-2zM17 9h3v2h-3zM22 9h3v4h-3zM0 13h2v3H0zM4 13h3v3H4zM9 14h5v2H9zM16 13h4v3h-4zM9 18h3v3H9zM14 18h2v5h-2zM18 18h4v2h-4zM23 17h2v4h-2zM18 22h3v3h-3zM9 23h4v2H9zM22 23h3v2h-3z" fill="#1b1f24" />
      </g>
      <path d="M160 200h40" stroke="#c3cad2" strokeWidth="6" strokeLinecap="round" />
    </svg>
  );
}
