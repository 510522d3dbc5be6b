declare function require(name: string): any;
const http = require('http');
const fs = require('fs');
const ms = require('ms');
http.createServer((request: any, response: any) => {
  response.end(fs.readFileSync('views/index.html', 'utf8') + ms('2 days'));
}).listen(8080);
