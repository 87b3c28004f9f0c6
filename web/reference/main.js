import 'swagger-ui-dist/swagger-ui.css';
import './main.css';
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';

// Nothing is asked of another host: the validator's badge would be.
SwaggerUI({
  dom_id: '#reference',
  url: '/api/openapi.json',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  validatorUrl: null,
  tagsSorter: 'alpha',
});
