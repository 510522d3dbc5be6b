const http = require('http');

process.on('SIGTERM', () => process.exit(0));
http.createServer((request, response) => response.end('@TEXT@')).listen(8080);
