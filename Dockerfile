# No build step: Node 24 runs the source. Redis and mail servers stand elsewhere (see compose.yaml).
FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app

COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force

COPY LICENSE ./
COPY docs/openapi.json docs/openapi.json
COPY scripts scripts
COPY src src

USER node
EXPOSE 3000

# `/live` never asks Redis: a container is not replaced because Redis is away.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# Node itself gets the signals, so that a stop ends requests and jobs in good order.
ENTRYPOINT ["node", "src/main.ts"]
CMD ["all"]
