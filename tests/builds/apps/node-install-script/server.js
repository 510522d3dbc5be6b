const http = require('http');
const words = require('./words.json');

http.createServer((_, response) => response.end(words.join(' '))).listen(3000);
