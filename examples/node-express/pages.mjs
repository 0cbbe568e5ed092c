// Plain pages that work without scripts, with a keyboard and a screen reader.

const escaped = (text) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const page = (title, content) =>
  `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>${title}</title><main><h1>${title}</h1>${content}</main></html>`;

export function statusPage(sellers) {
  const rows = sellers.map(
    ({ merchantId, standing }) =>
      `<h2>Seller ${escaped(merchantId)}</h2><p>${escaped(standing)}</p>` +
      `<form method="post" action="/disconnect"><input type="hidden" name="merchant_id" value="${escaped(merchantId)}">` +
      `<button>Disconnect</button></form>`,
  );
  const content = rows.length === 0 ? "<p>Nobody is connected.</p>" : rows.join("");
  return page("Square", `${content}<p><a href="/connect">Connect Square</a></p>`);
}

export function notFromHere() {
  return page("Please use the button on this site", '<p>Nothing was changed.</p><p><a href="/status">Your status</a></p>');
}
