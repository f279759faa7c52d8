export default function TimelinePage() { return <p>In the making.</p>; }
