/** The settings that configure one source. */
interface SourceSettingNames {
  url: string;
  credentials: string;
  tenant: string;
  ca: string;
}

/**
 * Which settings configure the source of this kind and name. One called "default" has the short form, unless the file
 * of BURNLINE_SOURCES calls one so.
 */
export function sourceSettingNames(kind: string, name: string): SourceSettingNames {
  if (name !== "default") {
    const at = (field: string) => `${field} of "${name}" in BURNLINE_SOURCES`;
    return {
      url: at("url"),
      credentials: at("bearerToken or basicAuth"),
      tenant: at("tenant"),
      ca: at("caFile"),
    };
  }
  const prefix = kind.toUpperCase();
  return {
    url: `${prefix}_URL`,
    credentials: `${prefix}_BEARER_TOKEN or ${prefix}_BASIC_AUTH`,
    tenant: `${prefix}_TENANT`,
    ca: `${prefix}_CA_FILE`,
  };
}
