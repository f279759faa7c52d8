export default function CouncilPage() { return <p>In the making.</p>; }
