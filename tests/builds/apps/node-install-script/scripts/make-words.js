const fs = require('fs');
const words = fs.readFileSync('words.txt', 'utf8').trim().split('\n');
fs.writeFileSync('words.json', JSON.stringify(words.sort()));
