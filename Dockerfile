# 反诈助手的镜像。用法在 docs/operations.md 第 3 节。
FROM node:22-bookworm-slim

ENV NODE_ENV=production
WORKDIR /opt/fanzha

# 依赖先装：只改知识库和程序的时候，这一层不用重来。
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

COPY bin bin
COPY knowledge knowledge
COPY src src

# 检查知识库，同时把程序拼成 .build/fanzha.js。归 root 所有，运行时只读。
RUN node bin/fanzha.js check

RUN install -d -m 0700 -o node -g node /var/lib/fanzha
VOLUME /var/lib/fanzha
USER node

ENV FANZHA_HOST=0.0.0.0 \
    FANZHA_PUBLIC_PORT=8060 \
    FANZHA_ADMIN_PORT=0 \
    FANZHA_STATE_DIR=/var/lib/fanzha
EXPOSE 8060

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:8060/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

CMD ["node", "bin/fanzha.js", "start"]
