FROM company/tool
CMD --help
