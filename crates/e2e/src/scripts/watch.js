// Keeps what the content security policy refused, for the judgement at the end of a journey.
globalThis.__refused = [];
addEventListener("securitypolicyviolation", (event) => {
  const { violatedDirective, blockedURI, sample, sourceFile, lineNumber } = event;
  globalThis.__refused.push(`${violatedDirective}: ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`);
});
