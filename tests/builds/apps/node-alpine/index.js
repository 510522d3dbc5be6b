const ms = require('ms');

require('http').createServer((_, response) => {
  response.end(`${ms('1h')} ${process.getuid()}`);
}).listen(8080);
