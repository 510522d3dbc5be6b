FROM company/tool
ENTRYPOINT []
CMD python3 app.py
