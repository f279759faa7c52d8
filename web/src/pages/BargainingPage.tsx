export default function BargainingPage() { return <p>In the making.</p>; }
