// Puts the text into the program.
const fs = require('fs');
require('ms');

fs.mkdirSync('dist', {recursive: true});
const source = fs.readFileSync('src/server.js', 'utf8');
fs.writeFileSync('dist/server.js', source.replace('@TEXT@', 'hello from a build'));
