export default function CompliancePage() { return <p>In the making.</p>; }
