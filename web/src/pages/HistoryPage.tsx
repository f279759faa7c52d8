export default function HistoryPage() { return <p>In the making.</p>; }
