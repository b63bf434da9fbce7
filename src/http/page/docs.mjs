globalThis.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  // The badge would ask a server elsewhere whether this description is valid.
  validatorUrl: null,
});
