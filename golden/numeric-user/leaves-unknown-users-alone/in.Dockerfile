FROM example.com/company/base:1
USER web
CMD ["serve"]
