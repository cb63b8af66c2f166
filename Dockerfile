# One image for web and worker. Debian, because PostgreSQL's embedded binaries and argon2 expect glibc.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app ./
USER node
EXPOSE 3000
CMD ["node", "dist/src/server.js", "web"]
