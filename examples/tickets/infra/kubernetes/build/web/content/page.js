// The page with all open tickets.
const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export function page(tickets, people, changes) {
  const rows = tickets.map(
    ({ id, title, name, person }) =>
      `<li>#${id} ${escape(title)}: <img src="/people/${escape(person)}/photo" alt="" width="32"> ${escape(name)}</li>`,
  );
  const names = people.map(({ id, name }) => `<option value="${escape(id)}">${escape(name)}</option>`);
  const news = changes.map(({ ticket, change }) => `<li>#${escape(ticket)} ${escape(change)}</li>`);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Tickets</title></head>
<body>
<h1>Tickets</h1>
<ul>${rows.join("\n")}</ul>
<form method="post"><input name="title" required><select name="person">${names.join("")}</select><button>Open</button></form>
<h2>Changes</h2>
<ul>${news.join("\n")}</ul>
</body>
</html>
`;
}
