const fs = require('fs');

fs.mkdirSync('public', {recursive: true});
for (const name of fs.readdirSync('pages')) {
  const text = fs.readFileSync(`pages/${name}`, 'utf8');
  const page = `<!doctype html>\n<p>${text.trim()}</p>\n`;
  fs.writeFileSync(`public/${name.replace('.txt', '.html')}`, page);
}
