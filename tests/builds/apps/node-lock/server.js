const http = require("http");
const ms = require("ms");
const colors = require("picocolors");

const prices = {tea: 2.5, coffee: 3.2};

http.createServer((request, response) => {
  const name = request.url.slice(1);
  response.writeHead(name in prices || name === "" ? 200 : 404);
  response.end(JSON.stringify({price: prices[name] ?? prices, valid: ms("2h")}) + "\n");
}).listen(8080, () => console.log(colors.green("prices on 8080")));

process.on("SIGTERM", () => process.exit(0));
