FROM debian:12
CMD prog 'héllo wörld' 日本
