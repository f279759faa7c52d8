// Clicking a column's head sorts the table; without this the table is readable as it stands.
for(const t of document.querySelectorAll('table.sortable')){const b=t.tBodies[0],all=[...b.rows];
const key=(r,i)=>{const c=r.cells[i],v=c.dataset.value;return v===undefined?c.textContent.trim():parseFloat(v)};
[...t.tHead.rows[0].cells].forEach((h,i)=>{if(i===t.tHead.rows[0].cells.length-1)return;h.dataset.sort='';h.tabIndex=0;
h.title='sort';const go=()=>{const up=h.getAttribute('aria-sort')!=='ascending';
for(const o of t.tHead.rows[0].cells)o.removeAttribute('aria-sort');h.setAttribute('aria-sort',up?'ascending':'descending');
all.sort((p,q)=>{const x=key(p,i),y=key(q,i),d=typeof x==='number'?x-y:x.localeCompare(y);return up?d:-d});b.append(...all)};
h.addEventListener('click',go);h.addEventListener('keydown',e=>{if(e.key==='Enter'||e.key===' '){e.preventDefault();go()}})})}
