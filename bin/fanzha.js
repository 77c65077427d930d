#!/usr/bin/env node
// Runs the program from its TypeScript source: Node 20 needs tsx for that.
import { register } from 'tsx/esm/api';

register();
await import('../src/cli.ts');
