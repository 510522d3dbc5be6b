const http = require("http");
const colors = require("picocolors");

http.createServer((request, response) => {
  response.end("supported: " + typeof colors.red + "\n");
}).listen(9090, "0.0.0.0", () => console.log("colors on 9090"));
