FROM company/tool
CMD ["python3", "app.py"]
