export default function MatrixPage() { return <p>In the making.</p>; }
