// Hatching and dots, for the map, its legend, and the picture that is taken away.
export function Patterns() {
  return (
    <defs>
      <pattern id="hatch-disputed" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" fill="#f4f2ec" />
        <rect width="2.2" height="5" fill="#6d5a86" />
      </pattern>
      <pattern id="hatch-suspended" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect width="5" height="5" fill="#dedbd2" />
        <rect width="2.6" height="5" fill="#2d6a93" />
      </pattern>
      <pattern id="hatch-contested" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="1" height="4" fill="#2b2233" />
      </pattern>
      <pattern id="dots-unknown" width="4" height="4" patternUnits="userSpaceOnUse">
        <rect width="4" height="4" fill="#f4f2ec" />
        <circle cx="2" cy="2" r="0.9" fill="#5d5a52" />
      </pattern>
    </defs>
  );
}
