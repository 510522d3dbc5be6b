const http = require('http');
const ms = require('ms');

http.createServer((_, response) => response.end(ms(60000))).listen(4000);
