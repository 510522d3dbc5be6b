// Serves one page that shows the weather of a few cities.
import { createServer } from "node:http";

const weather = { Bergen: "rain", Lima: "fog", Cairo: "sun" };

function page() {
  const rows = Object.entries(weather)
    .map(([city, sky]) => `<tr><td>${city}</td><td>${sky}</td></tr>`)
    .join("");
  return `<!doctype html><title>Weather</title><table>${rows}</table>`;
}

createServer((request, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(page());
}).listen(3000);
