FROM node:20
WORKDIR /srv
COPY backend/package.json backend/package-lock.json ./backend/
RUN cd backend && npm ci
COPY frontend/package.json frontend/package-lock.json ./frontend/
RUN cd frontend && npm ci
COPY . .
RUN cd frontend && npm run build
