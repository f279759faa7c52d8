export default function DesignPage() { return <p>In the making.</p>; }
