// Where the keyboard goes on when what it stood on is taken out: to the next thing to press in the same place.

/** Called as a button is pressed that takes itself away; `around` names what stays. */
export function goOn(button: HTMLElement, around = "fieldset, details, .table"): void {
  const place = button.parentElement?.closest(around)?.parentElement?.closest("fieldset, details, section, main") ?? document.querySelector("main");
  const near = button.closest(around);
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const inside = (near?.isConnected ? near : place)?.querySelectorAll<HTMLElement>("button, input, select");
    inside?.item(inside.length - 1)?.focus();
  }));
}
