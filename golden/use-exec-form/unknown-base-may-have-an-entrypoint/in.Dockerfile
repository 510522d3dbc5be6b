FROM company/tool
CMD exec python3 app.py
