export default function NetworkPage() { return <p>In the making.</p>; }
