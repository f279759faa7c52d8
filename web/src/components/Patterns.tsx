// Hatching and dots, for the map, its legend, and the picture that is taken away. On a map they are `apart` by name and
// scaled to the screen, so that lines stand as close on a part of the world as on the whole.
export function Patterns(props: { apart?: string; scale?: number }) {
  const name = (id: string) => `${props.apart ?? ""}${id}`;
  const turned = (angle: number) => `rotate(${angle}) scale(${props.scale ?? 1})`;
  return (
    <defs>
      <pattern id={name("hatch-disputed")} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform={turned(45)}>
        <rect width="5" height="5" fill="#f4f2ec" />
        <rect width="2.2" height="5" fill="#6d5a86" />
      </pattern>
      <pattern id={name("hatch-suspended")} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform={turned(-45)}>
        <rect width="5" height="5" fill="#dedbd2" />
        <rect width="2.6" height="5" fill="#2d6a93" />
      </pattern>
      <pattern id={name("hatch-contested")} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform={turned(45)}>
        <rect x="1" width="0.6" height="4" fill="#fff" fill-opacity="0.75" />
        <rect width="1" height="4" fill="#2b2233" />
      </pattern>
      <pattern id={name("dots-unknown")} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform={turned(0)}>
        <rect width="4" height="4" fill="#f4f2ec" />
        <circle cx="2" cy="2" r="0.9" fill="#5d5a52" />
      </pattern>
    </defs>
  );
}
