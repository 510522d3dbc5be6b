FROM denoland/deno:2.1.0
WORKDIR /app
COPY . .
CMD ["eval", "console.log('hello')"]
ENTRYPOINT ["deno"]
