const http = require('http');
const ms = require('ms');

http.createServer((request, response) => {
  response.end(`a week is ${ms('7 days')} milliseconds\n`);
}).listen(3000, () => console.log('listening'));
