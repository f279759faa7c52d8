export default function ChangePage() { return <p>In the making.</p>; }
